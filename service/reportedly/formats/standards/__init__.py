"""Published formats that other systems read: schema.org claims, W3C Web Annotations, CSV."""

from reportedly.formats.standards.annotations import Annotations
from reportedly.formats.standards.article_table import ArticleTable
from reportedly.formats.standards.schema_org import SchemaOrgClaims
from reportedly.formats.standards.table import ClaimTable

__all__ = ["Annotations", "ArticleTable", "ClaimTable", "SchemaOrgClaims"]
