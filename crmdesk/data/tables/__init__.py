"""The tables, one file a noun. `metadata` knows them all."""

from crmdesk.data.tables.base import Base
from crmdesk.data.tables.clients import Client, Consent, ContactPoint, Person, Potential
from crmdesk.data.tables.figures import ClientMonth, ClientMonthProduct, ClientStat, SearchText, SearchWord
from crmdesk.data.tables.imports import ImportMapping, ImportRun
from crmdesk.data.tables.interactions import Interaction
from crmdesk.data.tables.journal import AccessLog, Audit, AuditContext, Undone
from crmdesk.data.tables.office import ActionSegmentNorm, Branch, Setting, User
from crmdesk.data.tables.orders import Order, OrderLine, Product, ProductGroup
from crmdesk.data.tables.plans import SalesPlan
from crmdesk.data.tables.presence import Presence
from crmdesk.data.tables.reminders import Reminder
from crmdesk.data.tables.tasks import Task
from crmdesk.data.tables.views import SavedView

metadata = Base.metadata

__all__ = [
    "AccessLog",
    "ActionSegmentNorm",
    "Audit",
    "AuditContext",
    "Base",
    "Branch",
    "Client",
    "ClientMonth",
    "ClientMonthProduct",
    "ClientStat",
    "Consent",
    "ContactPoint",
    "ImportMapping",
    "ImportRun",
    "Interaction",
    "Order",
    "OrderLine",
    "Person",
    "Potential",
    "Presence",
    "Product",
    "ProductGroup",
    "Reminder",
    "SalesPlan",
    "SavedView",
    "SearchText",
    "SearchWord",
    "Setting",
    "Task",
    "Undone",
    "User",
    "metadata",
]
