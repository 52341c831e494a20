"""Text to claims, attributions and reports: a cascade of finite-state stages over tokens."""
