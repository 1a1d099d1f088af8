namespace Cms.Body;

/// <summary>The labels that callouts begin with, in the language of the site. Default: the English words.</summary>
public sealed record CalloutLabelsInput
{
    /// <summary>The label of a note; default ‘Note’.</summary>
    public string? Note { get; init; }

    /// <summary>The label of a tip; default ‘Tip’.</summary>
    public string? Tip { get; init; }

    /// <summary>The label of a warning; default ‘Warning’.</summary>
    public string? Warning { get; init; }

    internal string Of(CalloutTone tone) =>
        tone switch
        {
            CalloutTone.Note => Note,
            CalloutTone.Tip => Tip,
            _ => Warning,
        } ?? tone.ToString();

    internal int LongestLength => new[] { Note, Tip, Warning }.Max(label => label?.Length ?? 0);
}
