using Microsoft.Extensions.DependencyInjection;

namespace Cms.Partners;

internal static class PartnersFeature
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddPartners() =>
            services
                .AddSingleton<CreatePartner>()
                .AddSingleton<EditPartner>()
                .AddSingleton<SuspendPartner>()
                .AddSingleton<ResumePartner>()
                .AddSingleton<SaveAgreement>()
                .AddSingleton<CreateFeedKey>()
                .AddSingleton<RevokeFeedKey>()
                .AddScoped<ReadDeskPartner>()
                .AddScoped<ApplicationsByPartner>()
                .AddScoped<AgreementsByPartner>()
                .AddScoped<FeedKeysByPartner>();
    }
}
