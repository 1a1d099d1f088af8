using Cms.Access;
using Cms.Articles;
using Cms.Articles.Desk;
using Cms.Articles.Workflow;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Panel.Drafting;

/// <summary>The take to ask for. Omitted fields keep their values; null clears a field.</summary>
public sealed record RequestTakeInput : MutationInput
{
    /// <summary>The id of the article that the take is about.</summary>
    public required ArticleId Article { get; init; }

    /// <summary>The id of the persona that the take is written for.</summary>
    public required PersonaId Persona { get; init; }

    /// <summary>
    /// The id of the member of staff who writes the take. Authors can work on the article for which they write a take.
    /// </summary>
    public Optional<StaffId?> Assignee { get; init; }

    /// <summary>When the take should be written.</summary>
    public Optional<DateTimeOffset?> DueAt { get; init; }

    /// <summary>What to write about, as plain text of at most 4,000 characters.</summary>
    public Optional<string?> Brief { get; init; }

    /// <summary>The version of the take that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>
/// Asks for a persona's take on an article, or changes who writes it, when it is due and what is asked for.
/// </summary>
public sealed class RequestTake(CmsDatabase database, TimeProvider clock)
{
    public Task<Result<Take>> Handle(RequestTakeInput input, Actor actor, CancellationToken cancellationToken) =>
        database.WriteAsync<Take>(
            actor,
            async (db, token) =>
            {
                if (await db.ArticleForAsync(input.Article, actor, token) is not { } article)
                {
                    return new ArticleNotFound(input.Article) { Path = ["article"] };
                }

                if (article.TrashedAt is not null)
                {
                    return new ArticleTrashed(article.Id) { Path = ["article"] };
                }

                if (await db.Personas.FindAsync([input.Persona], token) is not { } persona)
                {
                    return new PersonaNotFound(input.Persona) { Path = ["persona"] };
                }

                if (!persona.IsActive)
                {
                    return new PersonaInactive(persona.Id) { Path = ["persona"] };
                }

                if (input.Brief.Value?.Length > Take.MaxBrief)
                {
                    return new TextTooLong("brief", Take.MaxBrief) { Path = ["brief"] };
                }

                var assignee = await db.StaffMemberAsync(input.Assignee.Value, "assignee", token);
                if (assignee.IsRefused)
                {
                    return assignee.Errors.ToList();
                }

                var now = clock.Now();
                var take = await db.TakeOfAsync(article.Id, persona.Id, now, token);
                if (take.Conflict(input.ExpectedVersion) is { } conflict)
                {
                    return conflict;
                }

                take.Request(
                    input.Assignee.HasValue ? assignee.Value : take.AssigneeKey,
                    input.DueAt.Or(take.DueAt)?.ToMilliseconds(),
                    input.Brief.Or(take.Brief),
                    actor.Contributor,
                    now
                );
                return take;
            },
            cancellationToken
        );
}
