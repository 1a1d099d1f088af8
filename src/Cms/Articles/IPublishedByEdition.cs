namespace Cms.Articles;

/// <summary>
/// Something that stories are filed under or are about: a category, tag, source or tool. Staff create it before a story
/// uses it; readers see it from the first published edition that shows it.
/// </summary>
public interface IPublishedByEdition
{
    /// <summary>When the first edition that shows it went live; null while there is none, and readers do not see it.</summary>
    DateTimeOffset? FirstPublishedAt { get; }
}
