namespace Cms.Articles.Gate;

/// <summary>
/// A publishing rule: a condition that is checked before an article is published. Each value describes an article that
/// meets the condition.
/// </summary>
public enum CheckRule
{
    /// <summary>The article has a headline.</summary>
    Headline,

    /// <summary>The article has a summary.</summary>
    Summary,

    /// <summary>The article has a body.</summary>
    Body,

    /// <summary>The article has a category.</summary>
    Category,

    /// <summary>The article names the publication that it comes from, and links to the story there with an https URL.</summary>
    SourceLink,

    /// <summary>The article has an image at the top.</summary>
    HeroImage,

    /// <summary>The image at the top has alternative text or is decorative.</summary>
    HeroAlt,

    /// <summary>Each image in the body has alternative text or is decorative.</summary>
    BodyAlt,

    /// <summary>Each image has a credit.</summary>
    ImageCredit,

    /// <summary>Each image is in the library, and its rights have begun and have not ended.</summary>
    ImageRights,

    /// <summary>Each link in the body is a valid, complete URL.</summary>
    Links,

    /// <summary>Each article that the body embeds is published.</summary>
    EmbeddedArticles,

    /// <summary>Enough takes are approved.</summary>
    PanelQuorum,

    /// <summary>No published take is stale after a correction.</summary>
    StaleTakes,

    /// <summary>A person approved the revision, if a model drafted it.</summary>
    UnreviewedAi,

    /// <summary>The model that drafted the revision is recorded with its version.</summary>
    Disclosure,

    /// <summary>A person other than the drafter has approved the revision or is publishing it.</summary>
    SecondPerson,

    /// <summary>The revision is approved.</summary>
    Approved,

    /// <summary>The slug is free and not reserved.</summary>
    Slug,

    /// <summary>The article is not under embargo.</summary>
    Clash,

    /// <summary>All comment threads are resolved.</summary>
    OpenComments,

    /// <summary>The body is long enough.</summary>
    BodyLength,

    /// <summary>The title for search engines is short enough.</summary>
    SeoTitle,
}
