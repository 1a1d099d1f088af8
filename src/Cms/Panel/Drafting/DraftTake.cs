using Cms.Articles;
using Cms.Articles.Desk;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel.Drafting;

public sealed record DraftTakeInput
{
    public required ArticleId Article { get; init; }

    public required PersonaId Persona { get; init; }

    public required TakeContent Content { get; init; }

    public TakeAnchor? Anchor { get; init; }

    /// <summary>The take on the same article that this one replies to.</summary>
    public TakeId? InReplyTo { get; init; }

    public Optional<DraftedWith?> DraftedWith { get; init; }
}

/// <summary>
/// Drafts a persona's take on an article, for an editor to approve. If the persona already has a take on the article,
/// the text becomes a new revision of that take.
/// </summary>
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

                if (await db.Personas.FindAsync([input.Persona], token) is null)
                {
                    return new PersonaNotFound(input.Persona) { Path = ["persona"] };
                }

                var now = clock.Now();
                var take = await db.TakeOfAsync(input.Article, input.Persona, now, token);
                return await db.SaveTakeAsync(
                    take,
                    _ => new TakeDraft(input.Content, input.Anchor, input.InReplyTo),
                    input.DraftedWith,
                    actor,
                    now,
                    token
                );
            },
            cancellationToken
        );
}
