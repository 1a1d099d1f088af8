using Cms.Site.Layout;

namespace Cms.Site.Pages;

/// <summary>What every component of a page can use. It comes as a cascading value.</summary>
public sealed record PageContext
{
    public required SiteSettings Settings { get; init; }

    /// <summary>The sections and the panel.</summary>
    public required ShellData Shell { get; init; }

    public required PageAddress Address { get; init; }

    /// <summary>The addresses of the stylesheet, the scripts and the fonts.</summary>
    public required AssetAddresses Assets { get; init; }

    /// <summary>The signed-in reader; null for anonymous readers.</summary>
    public Reader? Reader { get; init; }

    /// <summary>Whether readers can sign in here: the site and the API have one origin.</summary>
    public bool CanSignIn { get; init; }

    /// <summary>Whether the page shows the working copy of an article.</summary>
    public PreviewState Preview { get; init; }

    /// <summary>Links for developers, which are shown in Development.</summary>
    public IReadOnlyList<SiteLink> DeveloperLinks { get; init; } = [];

    /// <summary>Returns the URL of a path of this site.</summary>
    public string Absolute(string path) => path.StartsWith('/') ? Address.Origin + path : path;
}

/// <summary>The signed-in reader.</summary>
/// <param name="Key">Tells accounts apart in a browser, without saying whose they are.</param>
public sealed record Reader(string Key);
