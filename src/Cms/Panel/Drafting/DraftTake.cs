using Cms.Articles;
using Cms.Articles.Desk;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Drafting;

public sealed record DraftTakeInput
{
    public required ArticleId Article { get; init; }

    public required PersonaId Persona { get; init; }

    public required TakeContent Content { get; init; }

    public TakeAnchor? Anchor { get; init; }

    /// <summary>The take on the same article that this one replies to.</summary>
    public TakeId? InReplyTo { get; init; }
}

/// <summary>Drafts a persona's take on an article, for an editor to approve.</summary>
public sealed class DraftTake(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Take>> Handle(DraftTakeInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Take>(
            actor,
            async (db, token) =>
            {
                if (await db.ArticleForAsync(input.Article, actor, token) is null)
                {
                    return new ArticleNotFound(input.Article) { Path = ["article"] };
                }

                if (await db.Personas.FindAsync([input.Persona], token) is not { } persona)
                {
                    return new PersonaNotFound(input.Persona) { Path = ["persona"] };
                }

                if (!persona.IsActive)
                {
                    return new PersonaInactive(input.Persona) { Path = ["persona"] };
                }

                if (
                    input.InReplyTo is { } reply
                    && !await db.Takes.AnyAsync(t => t.Id == reply && t.ArticleId == input.Article, token)
                )
                {
                    return new TakeReplyElsewhere(reply) { Path = ["inReplyTo"] };
                }

                if (Take.Refusals(input.Content, input.Anchor) is [_, ..] refusals)
                {
                    return refusals;
                }

                var earlier = await db
                    .Takes.Where(t => t.ArticleId == input.Article && t.PersonaId == input.Persona)
                    .MaxAsync(t => (int?)t.Number, token);
                var take = new Take
                {
                    Id = TakeId.New(),
                    ArticleId = input.Article,
                    PersonaId = input.Persona,
                    Number = (earlier ?? 0) + 1,
                    ProfileNumber = persona.ProfileNumber,
                    Content = input.Content,
                    Anchor = input.Anchor,
                    InReplyTo = input.InReplyTo,
                    Drafter = actor.Contributor,
                    CreatedAt = clock.Now(),
                };
                db.Add(take);
                return take;
            },
            cancellationToken
        );
}
