using Cms.GraphQL;

namespace Cms.Articles.Gate;

/// <summary>The severity of a broken publishing rule.</summary>
public enum CheckSeverity
{
    /// <summary>The rule is not checked.</summary>
    [GraphQLIgnore]
    Off,

    /// <summary>The article can be published if the warning is acknowledged.</summary>
    Warning,

    /// <summary>The article cannot be published.</summary>
    Error,
}

/// <summary>A problem to correct in an article before the article is published.</summary>
/// <param name="Rule">The rule that the article breaks.</param>
/// <param name="Severity">Whether the problem prevents publication or can be acknowledged.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Path">
/// The path of the field of the article, such as <c>["summary"]</c>; for a part of the body, <c>"body"</c> followed by
/// the id of the block.
/// </param>
public sealed record Check(CheckRule Rule, CheckSeverity Severity, string Message, IReadOnlyList<string> Path);
