namespace Cms.Tests.Desk;

/// <summary>What a step says about the model that drafted a text.</summary>
/// <param name="IsSent">Whether it says anything; if not, the text inherits its model.</param>
/// <param name="Model">The model, as name/version; null to remove the record of a model.</param>
internal sealed record GivenModel(bool IsSent, string? Model)
{
    public static GivenModel Of(Step step) =>
        (step.Value % 20) switch
        {
            1 or 11 => new(true, "Quill/4"),
            2 => new(true, "Quill/"),
            3 or 4 => new(true, null),
            _ => new(false, null),
        };

    public Dictionary<string, object?> AddTo(Dictionary<string, object?> input)
    {
        if (IsSent)
        {
            input["draftedWith"] = Model?.Split('/') is [var name, var version]
                ? new { model = name, version = version.Length == 0 ? null : version }
                : null;
        }

        return input;
    }

    /// <summary>Returns the model of a new revision, given the one before.</summary>
    public string? On(string? before) => IsSent ? Model : before;

    /// <summary>Returns who edited the new revision, given the one before and whether its words are different.</summary>
    public Who? EditedBy(Words before, bool hasOtherWords, Who who) =>
        IsSent || before.Model is null ? null
        : hasOtherWords ? who
        : before.EditedBy;

    /// <summary>Authors cannot remove the record of a model.</summary>
    public string? Refusal(string? before, Who who) =>
        IsSent && Model is null && before is not null && !DeskModel.IsEditor(who) ? "ModelIsRecorded" : null;
}
