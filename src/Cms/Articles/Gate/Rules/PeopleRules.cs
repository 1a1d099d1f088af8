using Cms.People;

namespace Cms.Articles.Gate.Rules;

internal sealed class PanelQuorumRule(MinimumSettings settings)
    : GateRule(CheckRule.PanelQuorum, settings, CheckSeverity.Warning)
{
    public override GateNeeds Needs => GateNeeds.Takes;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.Takes < settings.Minimum
            ?
            [
                new(
                    $"The article has too few approved takes: {facts.Takes} of at least {settings.Minimum}. Draft and approve takes.",
                    "takes"
                ),
            ]
            : [];
}

internal sealed class StaleTakesRule(RuleSettings settings)
    : GateRule(CheckRule.StaleTakes, settings, CheckSeverity.Warning)
{
    public override GateNeeds Needs => GateNeeds.StaleTakes;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.StaleTakes switch
        {
            0 => [],
            1 => [new("A correction made a take stale. Confirm it, revise it or retract it.", "takes")],
            var stale => [new($"Corrections made {stale} takes stale. Confirm, revise or retract them.", "takes")],
        };
}

internal sealed class UnreviewedAiRule(RuleSettings settings)
    : GateRule(CheckRule.UnreviewedAi, settings, CheckSeverity.Error)
{
    public override bool IsFixed => true;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.Revision is { DraftedWith: { } model, IsApproved: false }
            ?
            [
                new(
                    $"{model.Model} drafted this text, and nobody has approved this revision. Submit it for review, and ask an editor to approve it.",
                    "review"
                ),
            ]
            : [];
}

internal sealed class DisclosureRule(RuleSettings settings)
    : GateRule(CheckRule.Disclosure, settings, CheckSeverity.Error)
{
    public override IEnumerable<Finding> Check(GateFacts facts) => Check(facts.Revision.DraftedWith);

    /// <summary>Returns what is missing in the record of the model that drafted an article or a take.</summary>
    public static IEnumerable<Finding> Check(DraftedWith? drafted) =>
        drafted is { } model && string.IsNullOrWhiteSpace(model.Version)
            ?
            [
                new(
                    $"The version of {model.Model} is missing. Add it to the record of the AI model, in draftedWith.",
                    "draftedWith"
                ),
            ]
            : [];
}

internal sealed class SecondPersonRule(RuleSettings settings)
    : GateRule(CheckRule.SecondPerson, settings, CheckSeverity.Off)
{
    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.Revision.IsDraftedBy(facts.By) && !facts.Revision.IsApprovedByAnother
            ? [Finding.Of(new SecondPersonRequired(), "review")]
            : [];
}

internal sealed class ApprovedRule(RuleSettings settings) : GateRule(CheckRule.Approved, settings, CheckSeverity.Off)
{
    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.Article.ApprovedRevisionId == facts.Revision.Id || facts.Revision.IsApproved
            ? []
            : [new("This revision is not approved. Submit it for review, and ask an editor to approve it.", "review")];
}

internal sealed class OpenCommentsRule(RuleSettings settings)
    : GateRule(CheckRule.OpenComments, settings, CheckSeverity.Warning)
{
    public override GateNeeds Needs => GateNeeds.Comments;

    public override IEnumerable<Finding> Check(GateFacts facts) =>
        facts.OpenThreads switch
        {
            0 => [],
            1 => [new("A comment thread is open. Resolve it.", "comments")],
            var open => [new($"{open} comment threads are open. Resolve them.", "comments")],
        };
}
