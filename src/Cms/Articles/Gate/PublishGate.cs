using Cms.Articles.Gate.Rules;
using Cms.Data;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Articles.Gate;

/// <summary>Checks a revision with the newsroom's publishing rules before it is published.</summary>
public sealed class PublishGate(GateSettings settings)
{
    // A body can have thousands of images and links. The first ones show what to put right.
    private const int MaxPerRule = 20;

    private readonly GateRule[] _rules =
    [
        .. GateRules.Of(settings).Where(rule => rule.Severity is not CheckSeverity.Off),
    ];

    /// <summary>Whether a second person must approve or publish each article.</summary>
    public bool RequiresSecondPerson => _rules.Any(rule => rule.Rule is CheckRule.SecondPerson);

    private GateNeeds Needs => _rules.Aggregate(GateNeeds.None, (needs, rule) => needs | rule.Needs);

    /// <summary>
    /// Decides whether a revision may be published. Returns the rules whose warnings were found and acknowledged, or
    /// everything that prevents the publication.
    /// </summary>
    internal async Task<Result<GatePass>> PassAsync(
        CmsDbContext db,
        Submission submission,
        CancellationToken cancellationToken
    )
    {
        var facts = await db.FactsAsync([submission], Needs, isPublishing: true, cancellationToken);
        var found = Check(facts[0]).ToLookup(found => found.Check.Severity);
        var refusals = Refusals(found[CheckSeverity.Error]);
        var warnings = found[CheckSeverity.Warning].Select(found => found.Check).ToList();
        if (
            !submission.AcknowledgesAll
            && warnings.FindAll(warning => !submission.Acknowledged.Contains(warning.Rule)) is [_, ..] open
        )
        {
            refusals.Add(new WarningsNotAcknowledged(open));
        }

        return refusals.Count > 0 ? refusals : new GatePass([.. warnings.Select(warning => warning.Rule).Distinct()]);
    }

    /// <summary>Returns what there is to put right in each revision, in the order of the revisions.</summary>
    internal async Task<IReadOnlyList<List<Check>>> ChecksAsync(
        CmsDbContext db,
        IReadOnlyList<Submission> submissions,
        CancellationToken cancellationToken
    )
    {
        var facts = await db.FactsAsync(submissions, Needs, isPublishing: false, cancellationToken);
        return [.. facts.Select(article => Check(article).Select(found => found.Check).ToList())];
    }

    /// <summary>
    /// Returns why a take must not be approved; null if it may be. A take has no warnings to acknowledge, so only an error
    /// prevents the approval.
    /// </summary>
    internal UserError? RefuseTake(DraftedWith? model) =>
        _rules.Any(rule => rule is { Rule: CheckRule.Disclosure, Severity: CheckSeverity.Error })
        && DisclosureRule.Check(model).FirstOrDefault() is { } missing
            ? new CheckFailed(CheckRule.Disclosure, missing.Message) { Path = missing.Path }
            : null;

    private IEnumerable<(Check Check, UserError? Error)> Check(GateFacts facts) =>
        from rule in _rules
        from finding in rule.Check(facts).Take(MaxPerRule)
        select (new Check(rule.Rule, rule.Severity, finding.Message, finding.Path), finding.Error);

    // One error names all missing fields.
    private static List<UserError> Refusals(IEnumerable<(Check Check, UserError? Error)> found)
    {
        List<string> missing = [];
        List<UserError> refusals = [];
        foreach (var (check, error) in found)
        {
            if (error is ArticleIncomplete incomplete)
            {
                missing.AddRange(incomplete.MissingFields);
            }
            else
            {
                var refusal = error ?? new CheckFailed(check.Rule, check.Message);
                refusals.Add(refusal.Path.Count > 0 ? refusal : refusal with { Path = check.Path });
            }
        }

        return missing.Count == 0 ? refusals : [new ArticleIncomplete(missing), .. refusals];
    }
}

/// <summary>A revision passed the publishing rules.</summary>
/// <param name="Acknowledged">The rules whose warnings were found and acknowledged.</param>
internal sealed record GatePass(IReadOnlyList<CheckRule> Acknowledged);
