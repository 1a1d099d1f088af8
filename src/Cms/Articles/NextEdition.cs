namespace Cms.Articles;

/// <summary>An edition that its article has agreed to. Nothing has changed until it is issued.</summary>
public sealed class NextEdition(Func<Edition> issue)
{
    /// <summary>Makes the edition and moves the article on to it.</summary>
    public Edition Issue() => issue();
}
