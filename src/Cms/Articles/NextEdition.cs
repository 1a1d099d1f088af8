namespace Cms.Articles;

/// <summary>An edition that the article allows. Nothing changes until it is issued.</summary>
public sealed class NextEdition(Func<Edition> issue)
{
    /// <summary>Creates the edition and updates the article.</summary>
    public Edition Issue() => issue();
}
