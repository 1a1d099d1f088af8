using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cms.Server.Tests.Support;

/// <summary>The outermost middleware. It records how the first relevant request ended.</summary>
public sealed class FirstRequest : IStartupFilter
{
    private readonly TaskCompletionSource<(int Status, Exception? Fault)> _finished = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>Whether a request is relevant. By default, all requests are.</summary>
    public Func<HttpRequest, bool> Matters { get; init; } = _ => true;

    public Task<(int Status, Exception? Fault)> Finished => _finished.Task;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                async (http, inner) =>
                {
                    if (!Matters(http.Request))
                    {
                        await inner(http);
                        return;
                    }

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
