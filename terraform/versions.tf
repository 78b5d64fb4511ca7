terraform {
  required_version = ">= 1.11.0, < 2.0.0"

  required_providers {
    linode = {
      source  = "linode/linode"
      version = "~> 3.0"
    }
  }

  # Partial: `terraform init` gets bucket, region and endpoint from -backend-config, and the keys from AWS_ACCESS_KEY_ID and
  # AWS_SECRET_ACCESS_KEY. The skips switch off what only AWS has.
  backend "s3" {
    key                         = "platform/terraform.tfstate" # also local.state_key in state-bucket.tf
    use_lockfile                = true
    use_path_style              = true
    skip_credentials_validation = true
    skip_metadata_api_check     = true
    skip_region_validation      = true
    skip_requesting_account_id  = true
    skip_s3_checksum            = true
  }
}
