namespace Cms.Data;

public enum FindingStatus
{
    Ok,

    /// <summary>The server works, but something should be changed.</summary>
    Warning,

    /// <summary>The server does not work, or not as its settings say.</summary>
    Failure,
}

/// <summary>What a check of the installation found.</summary>
/// <param name="Check">What was checked, in one or two words.</param>
/// <param name="Status">The result.</param>
/// <param name="Words">The details. A warning or a failure also says what to do.</param>
public sealed record Finding(string Check, FindingStatus Status, string Words)
{
    public static Finding Ok(string check, string words) => new(check, FindingStatus.Ok, words);

    public static Finding Warning(string check, string words) => new(check, FindingStatus.Warning, words);

    public static Finding Failure(string check, string words) => new(check, FindingStatus.Failure, words);
}
