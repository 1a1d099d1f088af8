using Cms.GraphQL;

namespace Cms.Routes.Redirects;

/// <summary>A value is not a path of the front end.</summary>
/// <param name="Field">The field that contains the path.</param>
public sealed record PathMalformed(string Field)
    : UserError(
        $"Enter {Field} as a path that begins with a slash and is not the home page, such as /about/team, without ? and #, with at most 400 characters."
    );

/// <summary>The target of a redirect is neither a path of the front end nor an http or https URL.</summary>
public sealed record RedirectTargetMalformed()
    : UserError(
        "Enter to as a path that begins with a slash, such as /about, or as a full URL that begins with https:// or http://."
    );

/// <summary>Content is published at the path, so a redirect would never be used.</summary>
/// <param name="From">The path from the request.</param>
public sealed record PathInUse(string From)
    : UserError($"Content is published at {From}. Withdraw it or change its slug first, or choose a different path.");

/// <summary>The redirect would lead back to itself.</summary>
/// <param name="From">The path from the request.</param>
public sealed record RedirectLoop(string From)
    : UserError(
        $"This redirect would lead back to {From}. Choose a different target, or delete the opposite redirect."
    );

/// <summary>There is no redirect with this id.</summary>
/// <param name="RedirectId">The id from the request.</param>
public sealed record RedirectNotFound(RedirectId RedirectId)
    : UserError("There is no such redirect. Choose one from the redirects.");
