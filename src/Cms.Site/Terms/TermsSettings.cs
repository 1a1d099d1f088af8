namespace Cms.Site.Terms;

/// <summary>What everybody may do with the publication. Read from <c>Cms__Site__Terms__…</c>.</summary>
public sealed record TermsSettings
{
    /// <summary>Whether search engines may show links and short excerpts.</summary>
    public bool AllowsSearch { get; init; } = true;

    /// <summary>Whether AI models may be trained on the texts.</summary>
    public bool AllowsAiTraining { get; init; }

    /// <summary>Whether AI systems may find the texts and write answers and summaries from them.</summary>
    public bool AllowsAiSummaries { get; init; }

    /// <summary>Where to ask for other terms: a web address or <c>mailto:</c>; null if there is none.</summary>
    public Uri? Contact { get; init; }

    internal bool IsContactUsable => Contact is null or { IsAbsoluteUri: true, Scheme: "https" or "http" or "mailto" };
}
