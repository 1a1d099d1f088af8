namespace Cms.Studio.Access;

/// <summary>Which of the two places a request is for: the Studio of the newsroom or the portal for partners.</summary>
/// <param name="Name">The name of the place in a sentence.</param>
/// <param name="Path">Its address.</param>
public sealed record DoorSign(string Name, string Path)
{
    /// <summary>Where staff work.</summary>
    public static DoorSign Studio { get; } = new("Studio", "/studio");

    /// <summary>Where contacts of partners manage what their partner has.</summary>
    public static DoorSign Portal { get; } = new("Partner portal", "/partner");

    /// <summary>Returns the place that an address belongs to; null if it belongs to neither.</summary>
    public static DoorSign? Find(PathString path) =>
        path.StartsWithSegments(Studio.Path, StringComparison.OrdinalIgnoreCase) ? Studio
        : path.StartsWithSegments(Portal.Path, StringComparison.OrdinalIgnoreCase) ? Portal
        : null;

    /// <summary>Returns the place that an address of a page belongs to.</summary>
    public static DoorSign Of(PathString path) => Find(path) ?? Studio;

    /// <summary>Returns whether somebody may come in.</summary>
    internal bool Admits(StudioVisitor visitor) => this == Portal ? visitor.IsContact : visitor.IsStaff;
}
