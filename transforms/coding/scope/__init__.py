"""What a mention tells of: news, something recalled, a total over many events, nothing real."""
