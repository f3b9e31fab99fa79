-- The log's secret: seals what nodes leave in Redis, and signs what a browser brings back. A node fills it in
-- when it opens the database; it changes with the log's name.
alter table log_head add column secret text not null default '';
