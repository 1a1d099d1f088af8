using Cms.Changes;
using Cms.Delivery;
using Cms.GraphQL;
using Cms.Server.Access;
using Cms.Server.Partners;
using Cms.Site;

namespace Cms.Server.Site;

/// <summary>Shows the reader site at the root of this server: in Development, and if <c>Cms__Site__Enabled</c> is true.</summary>
internal static class MountedSite
{
    private static readonly SiteLink[] DeveloperLinks =
    [
        new() { Text = "Studio", Url = "/studio" },
        new() { Text = "Explorer", Url = "/explorer" },
        new() { Text = "API reference", Url = "/docs" },
        new() { Text = "Health", Url = "/healthz/ready" },
    ];

    /// <summary>Reads the settings of the site.</summary>
    /// <exception cref="CannotStartException">A setting cannot be used.</exception>
    public static SiteSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        try
        {
            return SiteSettings.Read(configuration, environment);
        }
        catch (InvalidOperationException problem)
        {
            throw new CannotStartException(problem.Message, problem);
        }
    }

    /// <summary>Returns whether the server shows the site.</summary>
    public static bool IsEnabled(SiteSettings site, IHostEnvironment environment) =>
        site.Enabled ?? environment.IsDevelopment();

    /// <summary>Adds the site's services.</summary>
    public static void AddMountedSite(this WebApplicationBuilder builder, SiteSettings site, EntraSettings? entra)
    {
        builder.Services.AddSite(site);
        builder.Services.AddSingleton<LastWithdrawal>();
        builder.Services.AddSingleton<IChangeReader>(provider => provider.GetRequiredService<LastWithdrawal>());
        builder.Services.AddSingleton<KeptForPartners>();
        builder.Services.AddSingleton(provider =>
        {
            var changes = provider.GetRequiredService<ChangeFeed>();
            var withdrawal = provider.GetRequiredService<LastWithdrawal>();
            var cache = provider.GetRequiredService<AnswerCache>();
            return new SiteHost
            {
                LastChange = () => changes.Tail is { } number ? (number, cache.Gaps) : null,
                IsWithdrawnSince = seen => seen.Gaps != cache.Gaps || seen.Number < withdrawal.Number,
                Partners = provider.GetRequiredService<KeptForPartners>().Gate(),
                SessionCookie = entra is null ? null : BrowserSignIn.CookieName(entra),
                IsOwn = CrossSite.IsOwn,
                ReturnTo = ReturnAddress.Of,
                // Requests inside the process are cheap, so every page is checked.
                Revalidate = TimeSpan.Zero,
                DeveloperLinks = builder.Environment.IsDevelopment() ? DeveloperLinks : [],
            };
        });
    }
}
