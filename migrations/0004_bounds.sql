-- How deep a comment stands, from 0, and how long a scene is, in characters: what is bounded is counted
-- without reading the text.

create index comments_parent on comments (parent_id);

alter table comments add column depth bigint not null default 0;

-- Replies were nested without end. What stood deeper than 8 stands there now, beside what it replied to.
with recursive placed (id, depth, parent_id) as (
    select id, cast(0 as bigint), parent_id from comments where parent_id is null
    union all
    select c.id,
           case when p.depth < 8 then p.depth + 1 else p.depth end,
           case when p.depth < 8 then p.id else p.parent_id end
    from comments c join placed p on c.parent_id = p.id
)
update comments set depth = placed.depth, parent_id = placed.parent_id
from placed where placed.id = comments.id and placed.depth > 0;

-- A place that was left behind for replies has none there any more.
delete from comments where deleted = 1 and depth = 8;

alter table scenes add column characters bigint not null default 0;
update scenes set characters = length(content);

drop index scenes_story;
-- Covers words and characters, so that nothing that counts them reads the text.
create index scenes_story on scenes (story_id, chapter_id, words, characters);
