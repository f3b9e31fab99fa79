-- The newest stories: of all, of a format, and of a format's genre. Without these a catalogue sorts all its stories for
-- each page.
create index stories_newest on stories (published_at desc, id) where published_at is not null;
create index stories_format on stories (format, published_at desc, id) where published_at is not null;
create index stories_catalogue on stories (format, genre, published_at desc, id) where published_at is not null;
drop index stories_shelf;
