using Cms.GraphQL;

namespace Cms.Articles.Gate;

/// <summary>The article breaks a publishing rule, so the article cannot be published.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Problem">What is wrong and what to do. The same text as the message.</param>
public sealed record CheckFailed(CheckRule Rule, [property: GraphQLIgnore] string Problem) : UserError(Problem);

/// <summary>The article has warnings that were not acknowledged.</summary>
/// <param name="Warnings">The warnings that were not acknowledged.</param>
public sealed record WarningsNotAcknowledged([property: ListSize(5)] IReadOnlyList<Check> Warnings)
    : UserError($"The article has warnings. Fix them, or pass their rules in acknowledge: {NamesOf(Warnings)}.")
{
    private static string NamesOf(IReadOnlyList<Check> warnings) =>
        string.Join(", ", warnings.Select(warning => warning.Rule.InSchema()).Distinct(StringComparer.Ordinal));
}

/// <summary>
/// The newsroom requires a second person to approve or publish each article, and you drafted this revision.
/// </summary>
public sealed record SecondPersonRequired()
    : UserError("You drafted this revision, so a second person must approve or publish it. Ask another editor.");
