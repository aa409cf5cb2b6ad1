"""Paper and sheets out: the supervisor's sheet as PDF, XLSX and JSON, lists. The only room that draws."""
