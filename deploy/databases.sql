-- The two databases, each with an owner who can do nothing in the other one. Run once, by psql, as superuser:
-- by the postgres image when its volume is new, by `make test-celery` in a cluster of its own.
\set airflow_password `cat /run/secrets/airflow_database_password`
\set hub_password `cat /run/secrets/hub_database_password`
CREATE ROLE airflow LOGIN PASSWORD :'airflow_password';
CREATE ROLE hub LOGIN PASSWORD :'hub_password';
CREATE DATABASE airflow OWNER airflow;
CREATE DATABASE hub OWNER hub;
REVOKE CONNECT ON DATABASE airflow, hub FROM PUBLIC;
