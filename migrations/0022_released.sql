-- The newest chapters of everybody, for feeds.
create index chapters_released on chapters (first_published_at, id) where published = 1;
