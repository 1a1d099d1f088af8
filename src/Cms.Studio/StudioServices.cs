using Cms.Studio.Access;
using Cms.Studio.Api;
using Cms.Studio.Layout;
using Cms.Studio.Partners;
using Cms.Studio.Takedowns;

namespace Cms.Studio;

/// <summary>Adds the Studio to a program.</summary>
public static class StudioServices
{
    /// <summary>Adds the services of the Studio, except the way to the API.</summary>
    public static IServiceCollection AddStudio(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton<StudioAssets>().AddSingleton<StudioDoor>().AddScoped<StudioApi>().AddScoped<Notices>();
        services.AddScoped<Times>();
        return services;
    }

    /// <summary>
    /// Lets only staff see the pages of the Studio, and only contacts those of the portal. Call it after people are signed
    /// in.
    /// </summary>
    public static void UseStudio(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<StudioDoor>();
        app.UseWhen(
            http => DoorSign.Find(http.Request.Path) is not null,
            studio => studio.Use(next => http => door.HandleAsync(http, next))
        );
    }

    /// <summary>Maps the pages and files.</summary>
    public static void MapStudio(this WebApplication app)
    {
        app.Services.GetRequiredService<StudioAssets>().Map(app);
        app.MapGet("/studio", () => Results.LocalRedirect("~/studio/articles"));

        ReceiptDownload.Map(app);
        UsageFile.Map(app);

        // The door checks where forms come from, and no token would survive a restart.
        app.MapRazorComponents<App>().DisableAntiforgery();
    }
}
