using Cms.Articles;
using Cms.Authors;
using Cms.Changes;
using Cms.Foundation;
using Cms.Fronts;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel;
using Cms.Partners.Log;
using Cms.Routes.Redirects;
using Cms.Taxonomy;
using Cms.Tools;

namespace Cms.Webhooks;

/// <summary>The events of webhooks, and how bodies name what was changed.</summary>
internal static class WebhookEvents
{
    /// <summary>A test that an admin asked for.</summary>
    public const string Ping = "webhook.ping";

    /// <summary>A partner's agreement includes the article, which is new or has changed.</summary>
    public const string Upsert = "article.upsert";

    /// <summary>A partner that received the article must remove it.</summary>
    public const string Withdraw = "article.withdraw";

    /// <summary>Whether a change is about an article.</summary>
    public static bool IsArticle(ChangeKind kind) =>
        kind
            is ChangeKind.ArticlePublished
                or ChangeKind.ArticleUpdated
                or ChangeKind.ArticleCorrected
                or ChangeKind.ArticleWithdrawn;

    /// <summary>Returns the kind of change that the log of a partner last recorded of an article.</summary>
    public static ChangeKind KindOf(PartnerArticle article) =>
        article switch
        {
            { State: not PartnerArticleState.Included } => ChangeKind.ArticleWithdrawn,
            { Change: PartnerArticleChange.Added } => ChangeKind.ArticlePublished,
            { Change: PartnerArticleChange.Corrected } => ChangeKind.ArticleCorrected,
            _ => ChangeKind.ArticleUpdated,
        };

    /// <summary>Returns the type of the newsroom's event about a change.</summary>
    public static string TypeOf(ChangeKind kind) =>
        kind switch
        {
            ChangeKind.ArticlePublished => "article.published",
            ChangeKind.ArticleUpdated => "article.updated",
            ChangeKind.ArticleCorrected => "article.corrected",
            ChangeKind.ArticleWithdrawn => "article.withdrawn",
            ChangeKind.PersonaChanged => "persona.changed",
            ChangeKind.ToolChanged => "tool.changed",
            ChangeKind.CategoryChanged => "category.changed",
            ChangeKind.TagChanged => "tag.changed",
            ChangeKind.SourceChanged => "source.changed",
            ChangeKind.AuthorChanged => "author.changed",
            ChangeKind.MediaChanged => "media.changed",
            ChangeKind.MediaExpired => "media.expired",
            ChangeKind.RedirectChanged => "redirect.changed",
            ChangeKind.FrontChanged => "front.changed",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Webhooks have no event for this change."),
        };

    /// <summary>Returns the id of what was changed, as the API writes it.</summary>
    public static string IdOf(ChangeKind kind, SubjectId subject) =>
        kind switch
        {
            _ when IsArticle(kind) => new ArticleId(subject.Value).Format(),
            ChangeKind.PersonaChanged => new PersonaId(subject.Value).Format(),
            ChangeKind.ToolChanged => new ToolId(subject.Value).Format(),
            ChangeKind.CategoryChanged => new CategoryId(subject.Value).Format(),
            ChangeKind.TagChanged => new TagId(subject.Value).Format(),
            ChangeKind.SourceChanged => new SourceId(subject.Value).Format(),
            ChangeKind.AuthorChanged => new AuthorId(subject.Value).Format(),
            ChangeKind.MediaChanged or ChangeKind.MediaExpired => new MediaId(subject.Value).Format(),
            ChangeKind.RedirectChanged => new RedirectId(subject.Value).Format(),
            ChangeKind.FrontChanged => new FrontId(subject.Value).Format(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Webhooks have no id for this change."),
        };
}
