using Cms.Audit;
using Cms.Foundation;
using Cms.People;

namespace Cms.Routes.Redirects;

/// <summary>
/// A redirect from a path of the front end to another path or URL. Redirects never form chains: each leads to a target
/// that is not itself redirected.
/// </summary>
public sealed class Redirect : IAudited
{
    string IAudited.AuditSubject => Id.ToString();

    string? IAudited.AuditName => From;

    /// <summary>The redirect's id.</summary>
    public required RedirectId Id { get; init; }

    /// <summary>The path that is redirected, unescaped, in lower case and without a trailing slash.</summary>
    public required string From { get; init; }

    /// <summary>The path or URL to redirect to.</summary>
    public string To { get; private set; } = "";

    /// <summary>
    /// The path in <see cref="To" />, as <see cref="SitePath.Normalise" /> returns it; null if it is on another site or
    /// the home page.
    /// </summary>
    public string? ToPath { get; private set; }

    /// <summary>
    /// When the redirect was last saved, also with the target that it had. A redirect that is saved after an article was
    /// withdrawn takes the place of its notice.
    /// </summary>
    [Audited]
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who last changed the redirect.</summary>
    public string UpdatedBy { get; private set; } = "";

    /// <summary>Increases with every change. Pass it as expectedVersion.</summary>
    public int Version { get; private set; }

    /// <summary>
    /// Returns a conflict if an expected version is given and is not the current version; otherwise null.
    /// </summary>
    public VersionConflict? Conflict(int? expectedVersion) =>
        VersionConflict.Of(expectedVersion, Version, UpdatedBy, UpdatedAt);

    /// <summary>Sets the target because somebody chose it. A withdrawal before this does not end the redirect.</summary>
    public void Lead(string to, Contributor by, DateTimeOffset now)
    {
        (To, ToPath) = (to, SitePath.Normalise(to));
        (UpdatedAt, UpdatedBy) = (now, by.Name);
    }

    /// <summary>Changes the target because the former target is now redirected itself.</summary>
    public void Follow(string to) => (To, ToPath) = (to, SitePath.Normalise(to));
}
