namespace Cms.Access;

/// <summary>What the fields of the schema ask of a viewer, by name.</summary>
public static class Policies
{
    public const string Reader = nameof(Role.Reader);
    public const string Author = nameof(Role.Author);
    public const string Editor = nameof(Role.Editor);
    public const string Admin = nameof(Role.Admin);
    public const string Partner = nameof(ViewerKind.Partner);

    /// <summary>Whoever it is.</summary>
    public const string SignedIn = nameof(SignedIn);

    /// <summary>Whether a viewer meets a policy.</summary>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    public static bool Allow(string policy, Viewer viewer) =>
        policy switch
        {
            Reader => viewer.Is(Role.Reader),
            Author => viewer.Is(Role.Author),
            Editor => viewer.Is(Role.Editor),
            Admin => viewer.Is(Role.Admin),
            Partner => viewer is { Kind: ViewerKind.Partner, MaySyndicate: true },
            SignedIn => viewer.Kind is not ViewerKind.Anonymous,
            _ => throw new ArgumentException($"There is no policy {policy}.", nameof(policy)),
        };
}
