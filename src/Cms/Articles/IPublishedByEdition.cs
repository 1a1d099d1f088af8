namespace Cms.Articles;

/// <summary>
/// A category, tag, source, author or tool. Staff create it before a story uses it. Readers see it once an edition that shows
/// it is published. A tag also becomes public when a public tool has it.
/// </summary>
public interface IPublishedByEdition
{
    /// <summary>When it became public; null while readers cannot see it.</summary>
    DateTimeOffset? FirstPublishedAt { get; }
}
