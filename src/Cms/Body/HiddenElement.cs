using System.Text.RegularExpressions;

namespace Cms.Body;

/// <summary>Elements whose text a browser does not show, because they say so themselves.</summary>
internal static partial class HiddenElement
{
    /// <summary>Whether this tag opens one.</summary>
    public static bool IsOpenedBy(string tag) =>
        Template().IsMatch(tag)
        || Attribute().IsMatch(Quoted().Replace(tag, "\"\""))
        || (Style().Match(tag) is { Success: true } style && IsStyle(style.Groups["value"].Value));

    /// <summary>Whether this value of a <c>style</c> attribute hides its element.</summary>
    public static bool IsStyle(string style) => Hiding().IsMatch(style);

    [GeneratedRegex(@"^<template[\s/>]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Template();

    [GeneratedRegex("\"[^\"]*\"|'[^']*'", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\shidden(?=[\s=/>])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Attribute();

    [GeneratedRegex(
        """\sstyle\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s>]*)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Style();

    [GeneratedRegex(
        @"\bdisplay\s*:\s*none\b|\bvisibility\s*:\s*(hidden|collapse)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Hiding();
}
