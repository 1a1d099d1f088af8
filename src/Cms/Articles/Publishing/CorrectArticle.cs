using Cms.Articles.Gate;
using Cms.Data;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Publishing;

/// <summary>The article to correct, and the public note.</summary>
public sealed record CorrectArticleInput : MutationInput
{
    /// <summary>The article's id.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>What was wrong. Readers see this note.</summary>
    public required string Note { get; init; }

    /// <summary>How serious the mistake was.</summary>
    public CorrectionSeverity Severity { get; init; }

    /// <summary>The publishing rules whose warnings you have seen and accept. None by default.</summary>
    public IReadOnlyList<CheckRule>? Acknowledge { get; init; }

    /// <summary>The version that the editor last read; null skips the check for newer changes.</summary>
    public int? ExpectedVersion { get; init; }
}

/// <summary>Publishes the working copy and the approved takes with a public note that says what was wrong.</summary>
public sealed class CorrectArticle(CmsDatabase database, PublishGate gate, TimeProvider clock)
{
    public Task<Result<Article>> Handle(CorrectArticleInput input, Actor actor, CancellationToken cancellationToken) =>
        database.ChangeArticleAsync(
            actor,
            input.Id,
            input.ExpectedVersion,
            async (db, article, token) =>
            {
                var head = await db.HeadOfAsync(article, token);
                var now = clock.Now();
                var agreed = article.Correct(head, input.Note, input.Severity, actor.Contributor, now);
                if (agreed.IsRefused)
                {
                    return agreed.Then(article);
                }

                var panel = await db.PanelOfAsync(article.Id, token);
                var submission = new Submission(article, head, actor.Contributor, now)
                {
                    Acknowledged = input.Acknowledge ?? [],
                };
                var issued = await db.IssueAsync(gate, submission, agreed, panel, token);
                return issued.Then(article);
            },
            cancellationToken
        );
}
