-- Whom a text mentions: the handles in it that belonged to accounts when it was saved. A handle stays its person's, so what a
-- page shows as a link stays one.
create table mentions (
    -- The post or the comment.
    thing_id text not null,
    -- That post, or the one that the comment stands below.
    post_id text not null references posts (id) on delete cascade,
    comment_id text references comments (id) on delete cascade,
    handle text not null,
    user_id text not null references users (id) on delete cascade,
    -- Since when the text says so.
    at bigint not null,
    primary key (thing_id, handle)
);
create index mentions_user on mentions (user_id, at);
create index mentions_post on mentions (post_id);
create index mentions_comment on mentions (comment_id);
