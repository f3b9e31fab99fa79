-- Up to which moment a person has read their notices. The notices themselves are no rows: they follow from what a
-- person follows, and from what was published and said.
create table inboxes (
    user_id text primary key references users (id) on delete cascade,
    read_to bigint not null
);
create index chapters_story_released on chapters (story_id, first_published_at);
create index comments_author on comments (author_id, created_at);
create index posts_author on posts (author_id);
