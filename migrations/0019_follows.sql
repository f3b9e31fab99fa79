-- What a reader follows, and since when.
create table followed_stories (
    user_id text not null references users (id) on delete cascade,
    story_id text not null references stories (id) on delete cascade,
    since bigint not null,
    primary key (user_id, story_id)
);
create index followed_stories_story on followed_stories (story_id);

create table followed_authors (
    user_id text not null references users (id) on delete cascade,
    author_id text not null references users (id) on delete cascade,
    since bigint not null,
    primary key (user_id, author_id)
);
create index followed_authors_author on followed_authors (author_id);
