using Cms.GraphQL;

namespace Cms.People;

/// <summary>The names of the policies that fields of the schema require.</summary>
public static class Policies
{
    public const string Reader = nameof(Role.Reader);
    public const string Author = nameof(Role.Author);
    public const string Editor = nameof(Role.Editor);
    public const string Admin = nameof(Role.Admin);
    public const string Partner = nameof(ViewerKind.Partner);

    /// <summary>A person who has the role Partner.Contact and is not staff.</summary>
    public const string Contact = nameof(Contact);

    /// <summary>
    /// An admin, or a contact of a partner that is not suspended. The operation checks that it is about the contact's own
    /// partner.
    /// </summary>
    public const string AdminOrContact = nameof(AdminOrContact);

    /// <summary>Any signed-in viewer, with or without a role.</summary>
    public const string SignedIn = nameof(SignedIn);
}

/// <summary>Evaluates the policies for a viewer.</summary>
internal sealed class ViewerPolicies(RefusedFields refused) : IPolicies
{
    public ICaller Anonymous => Viewer.Anonymous;

    public bool Allow(string policy, ICaller caller)
    {
        var viewer = (Viewer)caller;
        return policy switch
        {
            Policies.Reader => viewer.Is(Role.Reader),
            Policies.Author => viewer.Is(Role.Author),
            Policies.Editor => viewer.Is(Role.Editor),
            Policies.Admin => viewer.Is(Role.Admin),
            Policies.Partner => viewer is { Kind: ViewerKind.Partner, MaySyndicate: true } or { Contact: not null },
            Policies.Contact => viewer.IsContact,
            Policies.AdminOrContact => viewer.Is(Role.Admin) || viewer.Contact is { MayChange: true },
            Policies.SignedIn => viewer.IsSignedIn,
            _ => throw Unknown(policy),
        };
    }

    public void OnRefused(string field, ICaller caller) => refused.Add((Viewer)caller, field);

    public string Describe(string policy) =>
        policy switch
        {
            Policies.Partner => "Only for partners' applications and contacts.",
            Policies.Contact => "Only for contacts of partners.",
            Policies.AdminOrContact =>
                "Contacts can do this for their own partner, unless it is suspended. In all other cases: Requires the role Admin.",
            Policies.SignedIn => "Only for signed-in viewers.",
            Policies.Reader or Policies.Author or Policies.Editor or Policies.Admin => $"Requires the role {policy}.",
            _ => throw Unknown(policy),
        };

    private static ArgumentException Unknown(string policy) => new($"There is no policy {policy}.", nameof(policy));
}
