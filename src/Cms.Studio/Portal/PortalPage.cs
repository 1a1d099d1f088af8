using Cms.Studio.Access;
using Cms.Studio.Api;
using Cms.Studio.Layout;
using Cms.Studio.Partners;

namespace Cms.Studio.Portal;

/// <summary>A page of the portal for partners. The API decides what the person may see and change.</summary>
public abstract class PortalPage : StudioPage
{
    /// <summary>Whether everything has been read.</summary>
    protected bool IsRead { get; private set; }

    protected sealed override StudioRole Role => StudioRole.None;

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task ReadAsync();

    protected sealed override async Task LoadAsync()
    {
        await ReadAsync();
        IsRead = true;
    }

    /// <summary>Returns the reasons for a refusal. If the partner is suspended, no other reason matters.</summary>
    /// <param name="state">The state of the partner; null if it is unknown.</param>
    protected IReadOnlyList<Refusal> ReasonsUnder(PartnerState? state) =>
        Refusals is not [] && state is PartnerState.Suspended
            ?
            [
                new Refusal(
                    "Nothing was changed. While the newsroom has suspended your access, you cannot change keys and webhooks.",
                    []
                ),
            ]
            : OtherRefusals;
}
