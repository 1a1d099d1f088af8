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
        facts.Article.ApprovedRevisionId == facts.Revision.Id || facts.Revision.ApproverKey is not null
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
