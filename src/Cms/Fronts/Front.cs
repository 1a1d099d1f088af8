using Cms.Articles;
using Cms.Audit;
using Cms.Foundation;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Fronts;

/// <summary>
/// The articles that editors have chosen for the home page or for the page of a category, in order. Readers see those
/// that are published.
/// </summary>
public sealed class Front : IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    public const int MaxArticles = 20;

    /// <summary>The id.</summary>
    public required FrontId Id { get; init; }

    /// <summary>The category; null for the home page.</summary>
    public CategoryId? CategoryId { get; init; }

    /// <summary>The articles in order, whether or not they are published.</summary>
    public IReadOnlyList<ArticleId> Articles { get; private set; } = [];

    /// <summary>When an editor last saved the front.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who last saved the front.</summary>
    public string UpdatedBy { get; private set; } = "";

    /// <summary>Increases with every change. Pass it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>
    /// Returns a conflict if an expected version is given and is not the current version; otherwise null.
    /// </summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        VersionConflict.Of(expectedVersion, Version, UpdatedBy, UpdatedAt);

    /// <summary>Replaces the list. Returns whether it is a different one.</summary>
    public bool Place(IReadOnlyList<ArticleId> articles, Contributor by, DateTimeOffset now)
    {
        if (Version > 0 && articles.SequenceEqual(Articles))
        {
            return false;
        }

        (Articles, UpdatedAt, UpdatedBy) = ([.. articles], now, by.Name);
        return true;
    }

    /// <summary>Removes an article that was deleted. Readers never saw it, so the list looks the same to them.</summary>
    public void Remove(ArticleId article, Contributor by, DateTimeOffset now) =>
        (Articles, UpdatedAt, UpdatedBy) = ([.. Articles.Where(id => id != article)], now, by.Name);
}
