-- Chapters from before that are longer than one may be: cut between their scenes, so that what they show is no
-- endless page. A scene is no longer than a chapter may be, so what is cut holds less than twice as much.

create table cut_scenes (
    scene_id text primary key,
    chapter_id text not null,
    piece bigint not null,
    place bigint not null
);

-- Which piece of its chapter each scene comes into, from 0: by the characters up to its end.
insert into cut_scenes (scene_id, chapter_id, piece, place)
select id, chapter_id, (up_to - 1) / 1000000, place
from (
    select id, chapter_id,
           cast(sum(characters) over (partition by chapter_id order by position, id) as bigint) as up_to,
           row_number() over (partition by chapter_id order by position, id) as place
    from scenes
    where chapter_id in (select chapter_id from scenes group by chapter_id having sum(characters) > 1000000)
) counted
where up_to > 1000000;

-- Each later piece is a chapter, named by the id of its first scene; it stands after the one it was cut from.
update chapters set position = position * 1000
where part_id in (
    select part_id from chapters where id in (select chapter_id from cut_scenes)
);

insert into chapters (id, story_id, part_id, position, title, synopsis, rev)
select head.scene_id, c.story_id, c.part_id,
       c.position + row_number() over (partition by head.chapter_id order by head.place),
       case when c.title = '' then ''
            else substr(c.title, 1, 190) || ' ('
                 || (1 + row_number() over (partition by head.chapter_id order by head.place)) || ')' end,
       '', 1
from cut_scenes head join chapters c on c.id = head.chapter_id
where head.place = (
    select min(s.place) from cut_scenes s where s.chapter_id = head.chapter_id and s.piece = head.piece
);

update scenes set chapter_id = (
    select head.scene_id from cut_scenes cut join cut_scenes head
        on head.chapter_id = cut.chapter_id and head.piece = cut.piece
    where cut.scene_id = scenes.id order by head.place limit 1
)
where id in (select scene_id from cut_scenes);

drop table cut_scenes;
