using Microsoft.AspNetCore.Components;

namespace Cms.Site.Pages;

/// <summary>What a page's address leads to: a page, or another address.</summary>
public abstract record PageResult
{
    /// <summary>Returns a page.</summary>
    /// <typeparam name="TPage">The component.</typeparam>
    /// <param name="parameters">The component's parameters.</param>
    public static ShownPage Show<TPage>(params (string Name, object? Value)[] parameters)
        where TPage : IComponent =>
        new(typeof(TPage), parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal));

    /// <summary>Returns a redirect that browsers and search engines may remember.</summary>
    public static MovedPage Moved(string to) => new(to);

    /// <summary>The page does not exist.</summary>
    public static MissingPage Missing { get; } = new();
}

/// <summary>A page to render.</summary>
public sealed record ShownPage(Type Component, IReadOnlyDictionary<string, object?> Parameters) : PageResult
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The origins of the frames that the page can load when the reader asks for them.</summary>
    public IReadOnlyCollection<string> Frames { get; init; } = [];

    /// <summary>Whether the page shows the working copy of an article.</summary>
    public PreviewState Preview { get; init; }
}

/// <summary>A permanent redirect.</summary>
public sealed record MovedPage(string To) : PageResult;

/// <summary>There is no such page: the site asks the API whether the address has moved or is gone.</summary>
public sealed record MissingPage : PageResult;

/// <summary>A file that is made of answers, such as a sitemap. It is kept and checked like a page.</summary>
/// <param name="Text">The content.</param>
/// <param name="ContentType">The media type, with the character set.</param>
public sealed record TextPage(string Text, string ContentType) : PageResult
{
    /// <summary>When the content changes although no answer does; null if it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// Whether the content of a partner's file may be sent again while nothing has changed. Otherwise it contains
    /// something that only time changes.
    /// </summary>
    public bool CanBeSentAgain { get; init; } = true;

    /// <summary>The value of the header <c>Link</c>; null for none.</summary>
    public string? Links { get; init; }
}
