"""Queries of products: by what is typed of a name or a code, by whole names."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, and_, func, or_, select

from crmdesk.data.tables import Product
from crmdesk.domain.products import ProductHit, product_key

_HITS = select(Product.id, Product.name, Product.code).where(Product.archived_at.is_(None))


def search(connection: Connection, text: str, limit: int) -> tuple[ProductHit, ...]:
    """Products whose code begins with the text or whose name has every word of it; names that begin so first."""
    key = product_key(text)
    if not key:
        return ()
    code = text.strip()
    by_code = or_(*(Product.code.startswith(form, autoescape=True) for form in {code, code.upper(), code.lower()}))
    by_name = and_(*(Product.match_key.contains(word, autoescape=True) for word in key.split()))
    begins = Product.match_key.startswith(key, autoescape=True)
    rows = connection.execute(
        _HITS.where(or_(by_code, by_name))
        .order_by(begins.desc(), func.length(Product.match_key), Product.match_key, Product.id)
        .limit(limit)
    )
    return tuple(ProductHit(row.id, row.name, row.code or "") for row in rows)


def by_names(connection: Connection, names: Collection[str]) -> dict[str, int]:
    """The products with exactly these names, by `product_key`; of namesakes the oldest. One statement."""
    keys = {product_key(name) for name in names} - {""}
    if not keys:
        return {}
    rows = connection.execute(
        select(Product.match_key, func.min(Product.id))
        .where(Product.archived_at.is_(None), Product.match_key.in_(keys))
        .group_by(Product.match_key)
    )
    return {key: int(product_id) for key, product_id in rows}
