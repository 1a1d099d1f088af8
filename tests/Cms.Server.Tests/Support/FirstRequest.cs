using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Cms.Server.Tests.Support;

/// <summary>Outside of everything else: sees how the first request ended.</summary>
public sealed class FirstRequest : IStartupFilter
{
    private readonly TaskCompletionSource<(int Status, Exception? Fault)> _finished = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public Task<(int Status, Exception? Fault)> Finished => _finished.Task;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                async (http, inner) =>
                {
                    Exception? fault = null;
                    try
                    {
                        await inner(http);
                    }
                    catch (Exception escaped)
                    {
                        fault = escaped;
                        throw;
                    }
                    finally
                    {
                        _finished.TrySetResult((http.Response.StatusCode, fault));
                    }
                }
            );
            next(app);
        };
}
