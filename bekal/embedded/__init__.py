"""The PostgreSQL that comes along: started when first needed, shared by whoever needs it, stopped by the last.

Standard library and psycopg alone: it knows nothing of Django, nor of the product.
"""
