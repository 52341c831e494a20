"""The same events in the columns of other data sets, for people whose code expects those.

    from transforms.views import view_acled
    view_acled(tables)

Views of the finished tables of a release, or of tables settled anew under another rule or as of a
night. Each view declares its columns and where each comes from; docs/views.md is made from that.
"""

from transforms.views.acled import view_acled
from transforms.views.csvtext import from_csv_safe, to_csv_safe
from transforms.views.hxl import view_hxl
from transforms.views.page import VIEWS, describe_views
from transforms.views.ucdp import view_ucdp

__all__ = [
    "VIEWS",
    "describe_views",
    "from_csv_safe",
    "to_csv_safe",
    "view_acled",
    "view_hxl",
    "view_ucdp",
]
