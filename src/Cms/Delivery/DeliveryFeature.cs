using Cms.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Delivery;

internal static class DeliveryFeature
{
    extension(IServiceCollection services)
    {
        // Rows first: an answer that is made again reads them.
        public IServiceCollection AddDelivery() =>
            services
                .AddSingleton<RowCache>()
                .AddSingleton<AnswerCache>()
                .AddSingleton<IChangeReader>(provider => provider.GetRequiredService<RowCache>())
                .AddSingleton<IChangeReader>(provider => provider.GetRequiredService<AnswerCache>());
    }
}
