namespace Cms.Articles;

/// <summary>An edition that passed the article's checks. Nothing changes until the edition is issued.</summary>
public sealed class NextEdition(Func<Edition> issue)
{
    /// <summary>Creates the edition and updates the article.</summary>
    public Edition Issue() => issue();
}
