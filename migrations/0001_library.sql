-- One set of SQL for SQLite and PostgreSQL: ids are text made by us, times are milliseconds since
-- 1970, booleans are 0 or 1.

-- The head of the invalidation log. Taking the next position locks the row until the commit, so
-- commit order is log order, without gaps.
create table log_head (
    one bigint primary key check (one = 1),
    log text not null,
    seq bigint not null
);

create table log (
    seq bigint primary key,
    at bigint not null,
    change text not null,
    directives text not null,
    areas text not null,
    audience text
);

create table users (
    id text primary key,
    email text not null unique,
    name text not null,
    password text not null,
    role text not null,
    created_at bigint not null
);

create table sessions (
    token_hash text primary key,
    user_id text not null references users (id) on delete cascade,
    created_at bigint not null,
    expires_at bigint not null
);
create index sessions_user on sessions (user_id);

create table stories (
    id text primary key,
    author_id text not null references users (id),
    title text not null,
    blurb text not null,
    format text not null,
    genre text not null,
    published_at bigint,
    rev bigint not null,
    created_at bigint not null,
    updated_at bigint not null
);
create index stories_author on stories (author_id, updated_at);
create index stories_shelf on stories (format, genre, published_at);

create table parts (
    id text primary key,
    story_id text not null references stories (id) on delete cascade,
    position bigint not null,
    title text not null,
    synopsis text not null,
    rev bigint not null
);
create index parts_story on parts (story_id, position);

create table chapters (
    id text primary key,
    story_id text not null references stories (id) on delete cascade,
    part_id text not null references parts (id) on delete cascade,
    position bigint not null,
    title text not null,
    synopsis text not null,
    rev bigint not null
);
create index chapters_part on chapters (part_id, position);
create index chapters_story on chapters (story_id);

create table scenes (
    id text primary key,
    story_id text not null references stories (id) on delete cascade,
    chapter_id text not null references chapters (id) on delete cascade,
    position bigint not null,
    title text not null,
    content text not null,
    words bigint not null,
    goal text not null,
    conflict text not null,
    outcome text not null,
    rev bigint not null,
    updated_at bigint not null
);
create index scenes_chapter on scenes (chapter_id, position);
-- Covers word counts, so that no list of stories reads their text.
create index scenes_story on scenes (story_id, chapter_id, words);

create table characters (
    id text primary key,
    story_id text not null references stories (id) on delete cascade,
    name text not null,
    description text not null
);
create index characters_story on characters (story_id, name);

create table settings (
    id text primary key,
    story_id text not null references stories (id) on delete cascade,
    name text not null,
    description text not null
);
create index settings_story on settings (story_id, name);

create table posts (
    id text primary key,
    author_id text not null references users (id),
    about_story text references stories (id) on delete set null,
    text text not null,
    created_at bigint not null,
    edited_at bigint
);
create index posts_newest on posts (created_at);
create index posts_about on posts (about_story, created_at);

create table comments (
    id text primary key,
    post_id text not null references posts (id) on delete cascade,
    parent_id text references comments (id) on delete cascade,
    author_id text not null references users (id),
    text text not null,
    created_at bigint not null,
    edited_at bigint,
    -- A comment with replies leaves its place behind when it is deleted; its text goes.
    deleted bigint not null
);
create index comments_post on comments (post_id, created_at);

create table story_likes (
    story_id text not null references stories (id) on delete cascade,
    user_id text not null references users (id) on delete cascade,
    primary key (story_id, user_id)
);
create index story_likes_user on story_likes (user_id);

create table post_likes (
    post_id text not null references posts (id) on delete cascade,
    user_id text not null references users (id) on delete cascade,
    primary key (post_id, user_id)
);
create index post_likes_user on post_likes (user_id);
