namespace Cms.Articles;

/// <summary>
/// A category, tag, source or tool. Staff create it before a story uses it; readers see it from the first published
/// edition that shows it.
/// </summary>
public interface IPublishedByEdition
{
    /// <summary>
    /// When the first edition that shows it went live; null before that, while readers cannot see it.
    /// </summary>
    DateTimeOffset? FirstPublishedAt { get; }
}
