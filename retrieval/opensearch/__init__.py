"""How is a collection published to OpenSearch, and searched there by several processes?"""
